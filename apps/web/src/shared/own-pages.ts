import { createContext, useContext } from 'react'
import type { PageEntry } from './page-entry.ts'

/** Filled by the shell. */
export const OwnPagesContext = createContext<readonly PageEntry[]>([])

/** The pages in the menu of the signed-in account. */
export const useOwnPages = (): readonly PageEntry[] => useContext(OwnPagesContext)
