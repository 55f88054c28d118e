'use client'

/** What fails inside an organization keeps its navigation. */
export { default } from '../../error'
