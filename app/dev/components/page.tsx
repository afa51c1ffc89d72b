import { notFound } from "next/navigation";
import { Gallery } from "@/components/dev/gallery";
import { isDevelopment } from "@/lib/doors/development";

export const metadata = { title: "Components" };

/** Every part in every state, light and dark: for whoever builds. A production build does not have it. */
export default function Components() {
  if (!isDevelopment) notFound();
  return <Gallery />;
}
