import { redirect } from "next/navigation";
import { numberIn } from "@/lib/doors/visit";

type Props = { params: Promise<{ env: string }> };

export default async function Environment({ params }: Props) {
  redirect(`/e/${numberIn((await params).env)}/alerts`);
}
