import { redirect } from "next/navigation";
import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { offeredAccounts } from "@/lib/doors/offered-accounts";
import { currentActor } from "@/lib/doors/session";
import { oneOf } from "@/lib/doors/visit";

export const metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Login({ searchParams }: Props) {
  const asked = await searchParams;
  if (await currentActor()) redirect("/");
  return <SignInScreen demoAccounts={await offeredAccounts()} next={oneOf(asked.callbackUrl)} error={oneOf(asked.error)} />;
}
