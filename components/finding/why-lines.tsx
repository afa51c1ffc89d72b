"use client";
import { Moment } from "@/components/ui/moment";

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/;

/** A line whose instants are written as everywhere else, in the reader's zone. */
export function WhyLine({ text }: { text: string }) {
  return text.split(INSTANT).map((part, index) => (INSTANT.test(part) ? <Moment key={index} at={part} look="minute" /> : part));
}
