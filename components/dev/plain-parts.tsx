"use client";
import { Inbox, Star } from "lucide-react";
import { useId } from "react";
import { Badge, TONES, type Tone } from "@/components/ui/badge";
import { Button, buttonClass, IconButton, LOOKS, SIZES } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CodeWords } from "@/components/ui/code-words";
import { CutName } from "@/components/ui/cut-name";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Moment } from "@/components/ui/moment";
import { RowsFoot } from "@/components/ui/rows-foot";
import { SearchField } from "@/components/ui/search-field";
import { ErrorState } from "@/components/ui/error-state";
import { EmptyState, Face, Progress, Skeleton } from "@/components/ui/states";
import { Part } from "./part";

function namesOf<T extends string>(table: Readonly<Record<T, unknown>>): T[] {
  const isName = (name: string): name is T => name in table;
  return Object.keys(table).filter(isName);
}

const nothing = () => undefined;
const LOOK_NAMES = namesOf(LOOKS);
const TONE_NAMES: readonly Tone[] = namesOf(TONES);

function Buttons() {
  return (
    <>
      <Part name="Button">
        {LOOK_NAMES.map((look) => namesOf(SIZES).map((size) => <Button key={`${look} ${size}`} look={look} size={size}>{look} {size}</Button>))}
        {LOOK_NAMES.map((look) => <Button key={look} look={look} disabled>{look}, disabled</Button>)}
        {LOOK_NAMES.map((look) => <Button key={look} look={look} loading>{look}, loading</Button>)}
        <Button icon={<Star size={13} aria-hidden />}>With a picture</Button>
        <a href="#link" className={buttonClass()}>A link</a>
      </Part>
      <Part name="IconButton"><IconButton label="Star"><Star size={14} aria-hidden /></IconButton><IconButton label="Star, disabled" disabled><Star size={14} aria-hidden /></IconButton></Part>
      <Part name="Checkbox">
        <Checkbox label="Off" checked={false} onChange={nothing} /><Checkbox label="On" checked onChange={nothing} /><Checkbox label="Some" checked={false} mixed onChange={nothing} />
        <Checkbox label="Off, disabled" checked={false} disabled onChange={nothing} /><Checkbox label="On, disabled" checked disabled onChange={nothing} />
      </Part>
      <Part name="Kbd"><Kbd>j</Kbd><Kbd>Ctrl Enter</Kbd><span className="rounded bg-accent p-1 text-accent-ink"><Kbd inverse>Esc</Kbd></span></Part>
    </>
  );
}

function Fields() {
  const id = useId();
  return (
    <>
      <Part name="Field, Input">
        <Field label="Plain" hint="a hint">{(wires) => <Input {...wires} placeholder="Nothing yet" />}</Field>
        <Field label="Filled" required>{(wires) => <Input {...wires} defaultValue="api.acme.test" />}</Field>
        <Field label="At fault" error="Name at least one.">{(wires) => <Input {...wires} defaultValue="?" />}</Field>
        <Field label="Disabled">{(wires) => <Input {...wires} disabled defaultValue="locked" />}</Field>
      </Part>
      <Part name="Textarea, Select">
        <Field label="Note">{(wires) => <Textarea {...wires} defaultValue="An auditor will read this." />}</Field>
        <Field label="Response">{(wires) => <Select {...wires}><option>Leave as it is</option><option>Investigating</option></Select>}</Field>
        <Field label="Response, disabled">{(wires) => <Select {...wires} disabled><option>Leave as it is</option></Select>}</Field>
      </Part>
      <Part name="SearchField"><SearchField id={`${id}empty`} label="Search, empty" hint="Search" maxLength={100} text="" onSearch={nothing} shortcut={{ text: "/", aria: "/" }} /><SearchField id={`${id}filled`} label="Search, filled" hint="Search" maxLength={100} text="log4j" onSearch={nothing} /></Part>
    </>
  );
}

/** What stands still: buttons, fields, badges, and the states of a page. */
export function PlainParts() {
  return (
    <>
      <Buttons />
      <Fields />
      <Part name="Badge">{TONE_NAMES.map((tone) => <Badge key={tone} tone={tone}>{tone}</Badge>)}<span className="w-24"><Badge tone="accent" title="Longer than its box">Longer than the box it is in</Badge></span></Part>
      <Part name="CodeWords, CutName, Moment">
        <p><CodeWords text="Run `npm test` first." /></p>
        <div className="flex w-44 border border-line"><CutName name="a-very-long-host-name.of-a-region.acme.test" /></div>
        <Moment at="2026-11-21T09:29:50.000Z" /><Moment at="2026-11-19T09:30:00.000Z" look="age" /><Moment at="2026-11-19T09:30:00.000Z" look="day" /><Moment at="2026-11-19T09:30:00.000Z" look="minute" />
      </Part>
      <Part name="RowsFoot">{["idle", "loading", "failed"].map((state) => <RowsFoot key={state} state={state} hasMore loadMore={nothing} />)}</Part>
      <Part name="Skeleton, Progress"><Skeleton className="h-5 w-40" /><div className="w-full space-y-2"><Progress label="Not begun" share={0} /><Progress label="Half" share={0.5} /><Progress label="Done" share={1} /><Progress label="Of unknown length" share={null} /></div></Part>
      <Part name="Face"><Face initials="AN" name="Ada" /><Face initials="S" name="System" system /><Face initials="GH" name="Grace" size={30} /></Part>
      <Part name="EmptyState, no permission"><EmptyState icon={<Inbox size={18} />} title="Nothing waits for a decision" actions={<Button>Go to Investigating</Button>}><p>Every detected finding has a response.</p></EmptyState><EmptyState title="Your role reads here"><p>Ask an administrator of this environment for the analyst role.</p></EmptyState></Part>
      <Part name="ErrorState"><ErrorState title="The finding did not arrive" actions={<Button>Try again</Button>}><p>Docket did not answer.</p></ErrorState></Part>
    </>
  );
}
