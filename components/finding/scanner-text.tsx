"use client";
import type { FindingDetail } from "@/lib/domain/views/finding";
import { safeAddress } from "@/components/ui/safe-address";
import { PlainText } from "./plain-text";
import { CopyButton } from "./copy-button";
import { Section } from "./section";

/** What a scanner wrote, shown as text: never markup, never a link that it chose. */
export function ScannerText({ title, text }: { title: string; text: string | null }) {
  if (!text) return null;
  return (
    <Section title={title} aside={<CopyButton text={text} />}>
      <p className="break-words whitespace-pre-line text-ink-2"><PlainText text={text} /></p>
    </Section>
  );
}

export function References({ finding }: { finding: FindingDetail }) {
  if (finding.references.length === 0) return null;
  return (
    <Section title="References" aside={`${finding.references.length}`}>
      <ul>
        {finding.references.slice(0, 40).map((reference, index) => {
          const address = safeAddress(reference);
          return <li key={index} className="truncate py-[3px] text-ink-2">{address ? <a href={address} target="_blank" rel="noopener noreferrer nofollow" className="inline-block max-w-full truncate align-top leading-[18px] text-accent hover:underline">{reference}</a> : reference}</li>;
        })}
      </ul>
    </Section>
  );
}
