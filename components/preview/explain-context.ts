'use client'

import { createContext, useContext } from 'react'
import type { PreviewNode } from './model'

const ExplainContext = createContext<((node: PreviewNode) => void) | undefined>(undefined)

export const ExplainProvider = ExplainContext.Provider

/** Shows why a value is what it is; absent where nothing can be explained. */
export function useExplain(): ((node: PreviewNode) => void) | undefined {
  return useContext(ExplainContext)
}
