"use client";
import { Star, UserRound } from "lucide-react";
import { useMarks } from "@/components/alerts/marks";
import { Moment } from "@/components/ui/moment";
import type { FindingDetail, ShareView } from "@/lib/domain/views/finding";

function Told({ share }: { share: ShareView }) {
  return (
    <li className="flex gap-2">
      <UserRound size={13} aria-hidden className="mt-[3px] shrink-0 text-ink-3" />
      <span className="min-w-0 break-words">
        <b className="font-medium text-ink">{share.by}</b> shared it with {share.isMe ? "you" : share.to} <Moment at={share.at} className="text-ink-3" />
        {share.note ? <span className="block whitespace-pre-wrap text-ink">{share.note}</span> : null}
      </span>
    </li>
  );
}

/** Who pointed whom to this finding and why, and whether it is starred. What is about the reader comes first. Nothing to tell: nothing is drawn. */
export function ShareSection({ finding }: { finding: FindingDetail }) {
  const { marked } = useMarks();
  const shares = finding.shares.toSorted((one, other) => Number(other.isMe) - Number(one.isMe));
  const isMarked = marked.has(finding.number);
  if (shares.length === 0 && !isMarked) return null;
  return (
    <section aria-label="Shared and bookmarked" className="border-b border-line px-[18px] py-2.5 text-ink-2">
      {isMarked ? <p className="flex items-center gap-2"><Star size={13} aria-hidden className="fill-current text-accent" /> Bookmarked by you</p> : null}
      <ul className="flex flex-col gap-1.5">{shares.map((share) => <Told key={share.to} share={share} />)}</ul>
    </section>
  );
}
