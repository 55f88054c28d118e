'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

export interface WindowedRowsProps<T> {
  rows: readonly T[]
  /** Pixels of a row as long as it was never shown. */
  rowHeight: number
  columns: number
  render: (row: T) => ReactNode
}

const chunkSize = 100

/**
 * Rows of a table, in bodies of a hundred of which only those near the visible part are in the document: a table of
 * thousands stays as quick as one of hundreds.
 */
export function WindowedRows<T>({ rows, ...rest }: WindowedRowsProps<T>) {
  const chunks = Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, index) => index * chunkSize)
  return chunks.map((start) => (
    <Chunk key={start} rows={rows.slice(start, start + chunkSize)} first={start === 0} {...rest} />
  ))
}

function Chunk<T>({ rows, rowHeight, columns, render, first }: WindowedRowsProps<T> & { first: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [near, setNear] = useState(first)
  // What the rows took when they were last shown, so that nothing jumps when they go.
  const [height, setHeight] = useState(rows.length * rowHeight)
  useEffect(() => {
    const element = body.current
    if (!element) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return
        if (!entry.isIntersecting) setHeight(element.offsetHeight)
        setNear(entry.isIntersecting)
      },
      { root: scrollerOf(element), rootMargin: '600px 0px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <tbody ref={body}>
      {near ? (
        rows.map(render)
      ) : (
        <tr aria-hidden>
          <td colSpan={columns} style={{ height }} />
        </tr>
      )}
    </tbody>
  )
}

function scrollerOf(element: Element): Element | null {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return null
}
