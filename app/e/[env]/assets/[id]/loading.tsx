export { AssetLoading as default } from "@/components/assets/asset-loading";
