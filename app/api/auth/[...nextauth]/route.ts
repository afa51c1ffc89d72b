import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { signInOptions } from "@/lib/doors/sign-in-options";

async function handler(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const answered: unknown = await NextAuth(request, context, signInOptions());
  return answered instanceof Response ? answered : new Response(null, { status: 500 });
}

export { handler as GET, handler as POST };
