export { AlertsLoading as default } from "@/components/alerts/alerts-loading";
