"use client";
import { createContext } from "react";

/** A dialog below a true one is not drawn, and keeps what was typed into it. It stands by itself: screens say it before the dialog's own code is there. */
export const HiddenDialog = createContext(false);
