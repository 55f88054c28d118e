/** `npm run docs:providers` */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '@/lib/project-root'
import { providersReference } from './providers-reference'

writeFileSync(join(projectRoot(), 'docs', 'providers.md'), providersReference())
