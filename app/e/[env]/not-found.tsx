import { MissingScreen } from "@/components/shell/trouble";

export default function Missing() {
  return <div className="grid h-full place-items-center"><MissingScreen /></div>;
}
