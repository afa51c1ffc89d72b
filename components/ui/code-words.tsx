/** A sentence whose names stand between backticks: those are drawn as code. Text alone, never markup. */
export function CodeWords({ text }: { text: string }) {
  const parts = text.split("`");
  if (parts.length < 3 || parts.length % 2 === 0) return <>{text}</>; // a lone backtick is itself
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <code key={index} className="font-mono text-[0.92em]">{part}</code>))}</>;
}
