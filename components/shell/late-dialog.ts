"use client";
import type { ComponentType } from "react";
import { late } from "@/components/ui/late";
import { holdKeys } from "./command-registry";

/** A dialog whose code is fetched when it is opened first: keys are held for it meanwhile, and not to be had it is closed again. */
export function lateDialog<P extends { onClose: () => void }>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return late(load, { onGivenUp: ({ onClose }) => onClose(), hold: holdKeys });
}
