import { test } from '@playwright/test'
import { forgetEntries } from './disclosures'

test('answers of earlier runs are forgotten', () => forgetEntries())
