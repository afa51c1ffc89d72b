import { SettingsScreen } from "@/components/settings/settings-screen";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { shell } from "@/lib/queries/shell";

export const metadata = { title: "Settings" };

export default async function Settings({ params }: { params: Promise<{ env: string }> }) {
  const frame = await shell(await visitor(), { environment: numberIn((await params).env) });
  if (frame.ok) return <SettingsScreen role={frame.value.me.role} />;
  unlessForbidden(frame.refusal);
}
