export { TicketsLoading as default } from "@/components/tickets/tickets-loading";
