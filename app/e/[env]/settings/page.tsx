import { SettingsScreen } from "@/components/settings/settings-screen";
import { sendsMail } from "@/lib/doors/site";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { noticeChoices, recipientLists } from "@/lib/queries/notices";
import { shell } from "@/lib/queries/shell";

export const metadata = { title: "Settings" };

export default async function Settings({ params }: { params: Promise<{ env: string }> }) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const [frame, messages, lists] = await Promise.all([shell(actor, { environment }), noticeChoices(actor, { environment, hasMail: sendsMail }), recipientLists(actor, { environment })]);
  if (frame.ok) return <SettingsScreen role={frame.value.me.role} environment={environment} messages={messages.ok ? messages.value : null} lists={lists.ok ? lists.value : null} />;
  unlessForbidden(frame.refusal);
}
