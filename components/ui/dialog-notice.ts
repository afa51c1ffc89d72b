"use client";
import { createContext, type ReactNode } from "react";

/** What a screen has to say in its open dialog, whichever that is: it stands under the title, in view however long the body is. */
export const DialogNotice = createContext<ReactNode>(null);
