export { AssetsLoading as default } from "@/components/assets/assets-loading";
