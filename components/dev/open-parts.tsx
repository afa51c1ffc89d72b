"use client";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { toast } from "@/components/ui/toast";
import { Part } from "./part";

const nothing = () => undefined;

const ITEMS = [
  { key: "one", label: "Chosen", current: true, onSelect: nothing },
  { key: "two", label: "With a hint", hint: "what it does", shortcut: "t", onSelect: nothing },
  { key: "three", label: "Dangerous", tone: "danger", onSelect: nothing },
  { key: "four", label: "Disabled", disabled: true, onSelect: nothing },
] as const;

function saySomething(tone: "plain" | "error") {
  toast({ tone, title: tone === "plain" ? "Closed F-42" : "That was refused", description: "What it means, in one line.", stays: 60_000, ...(tone === "plain" ? { action: { label: "Undo", onClick: nothing } } : {}) });
}

/** What opens. A dialog and a message belong to the window, so the window takes the theme of the column that asks. */
export function OpenParts({ theme }: { theme: "light" | "dark" }) {
  const [before, setBefore] = useState<string | null>(null);
  const root = () => document.documentElement;
  function open() {
    setBefore(root().dataset.theme ?? "");
    root().dataset.theme = theme;
  }
  function close() {
    if (before) root().dataset.theme = before;
    else delete root().dataset.theme;
    setBefore(null);
  }
  return (
    <>
      <Part name="Dialog">
        <Button onClick={open}>Open a dialog, {theme}</Button>
        {before === null ? null : <Dialog title="Record disposition" aside="3 findings" description="What it is for." onClose={close} footer={<><Button onClick={close}>Cancel</Button><Button look="primary" onClick={close}>Close 3</Button></>}>The body.</Dialog>}
      </Part>
      <Part name="Menu"><Menu label={`Menu, ${theme}`} items={ITEMS} trigger={(wires) => <button {...wires} type="button" className={buttonClass()}>Menu, {theme}</button>} /></Part>
      <Part name="Popover"><Popover label={`Panel, ${theme}`} trigger={(wires) => <button {...wires} type="button" className={buttonClass()}>Panel, {theme}</button>}>{() => <p className="p-2">What hangs on its button.</p>}</Popover></Part>
      <Part name="Toasts"><Button onClick={() => saySomething("plain")}>Say something</Button><Button onClick={() => saySomething("error")}>Say that it failed</Button></Part>
    </>
  );
}
