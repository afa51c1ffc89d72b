import { MissingScreen } from "@/components/shell/trouble";

export const metadata = { title: "Nothing here" };

export default function NotFound() {
  return <main className="grid min-h-dvh place-items-center"><MissingScreen /></main>;
}
