import { HelpScreen } from "@/components/help/help-screen";
import { visitor } from "@/lib/doors/visit";

export const metadata = { title: "Help" };

export default async function Help() {
  await visitor();
  return <HelpScreen />;
}
