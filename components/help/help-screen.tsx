import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { MODULE_TOPICS } from "./modules";
import { GLOSSARY, TOPICS } from "./topics";
import { QUESTIONS, type Question } from "./questions";

const prose =
  "space-y-2 text-ink-2 [&_b]:font-medium [&_b]:text-ink [&_li]:ml-4 [&_li]:list-disc [&_table]:w-full [&_table]:border-collapse [&_td]:border-b [&_td]:border-line [&_td]:py-1.5 [&_td]:pr-4 [&_td]:align-top [&_th]:border-b [&_th]:border-line [&_th]:py-1 [&_th]:pr-4 [&_th]:text-left [&_th]:text-xs [&_th]:font-normal [&_th]:text-ink-3";

function Answers({ title, entries }: { title: string; entries: readonly Question[] }) {
  return (
    <section aria-label={title} className="mb-8">
      <h2 className="mb-1 text-xs text-ink-3">{title}</h2>
      {entries.map((entry) => (
        <article key={entry.id} id={entry.id} className="-mx-3 scroll-mt-2 rounded-lg px-3 py-3 target:bg-selected">
          <h3 className="mb-1.5 text-base font-semibold tracking-tight"><a href={`#${entry.id}`} className="hover:underline">{entry.ask}</a></h3>
          <div className={prose}>{entry.answer}</div>
        </article>
      ))}
    </section>
  );
}

function Contents() {
  return (
    <nav aria-label="On this page" className="sticky top-0 self-start max-lg:hidden">
      <ul className="text-xs [&_a]:inline-block [&_a]:py-1 text-ink-2">
        {[...QUESTIONS, ...TOPICS, ...MODULE_TOPICS].map((entry) => <li key={entry.id}><a href={`#${entry.id}`} className="hover:text-ink hover:underline">{entry.ask}</a></li>)}
        <li><a href="#glossary" className="hover:text-ink hover:underline">Glossary</a></li>
      </ul>
    </nav>
  );
}

/** Help in the product's own words: what people ask, what the words mean. */
export function HelpScreen() {
  return (
    <Page>
      <PageHead title="Help" />
      <PageBody>
        <div className="grid grid-cols-[minmax(0,680px)_220px] gap-12 max-lg:grid-cols-1">
          <div>
            <Answers title="Questions" entries={QUESTIONS} />
            <Answers title="How it works" entries={TOPICS} />
            <Answers title="Modules" entries={MODULE_TOPICS} />
            <section id="glossary" aria-label="Glossary" className="mb-10 scroll-mt-4">
              <h2 className="mb-1 text-xs text-ink-3">Glossary</h2>
              <dl className="grid grid-cols-[140px_minmax(0,1fr)] gap-x-4 max-sm:grid-cols-1">
                {GLOSSARY.map(([word, meaning]) => <div key={word} className="col-span-full grid grid-cols-subgrid border-b border-line py-1.5"><dt className="font-medium">{word}</dt><dd className="text-ink-2">{meaning}</dd></div>)}
              </dl>
            </section>
          </div>
          <Contents />
        </div>
      </PageBody>
    </Page>
  );
}
