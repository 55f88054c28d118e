/** The language service in a thread of its own: typing never waits for it. */
import { unpackEvaluation, withWholeSchema } from '@/components/preview/wire'
import { createLanguageService } from '@/lib/language/analysis'
import type { LanguageAnswer, LanguageFacts, LanguageQuestions, LanguageRequest } from './language-messages'

let text = ''
let facts: LanguageFacts = { providers: [], environments: [] }
let evaluation: ReturnType<typeof unpackEvaluation> | undefined
let questions = questionsOf()

function questionsOf(): LanguageQuestions {
  return createLanguageService({ ...facts, ...(evaluation && { evaluation }) })
}

self.addEventListener('message', ({ data }: MessageEvent<LanguageRequest>) => {
  if (data.text !== undefined) text = data.text
  if (data.facts) facts = data.facts
  if (data.evaluation) {
    const { packed } = data.evaluation
    evaluation = packed && withWholeSchema(unpackEvaluation(packed))
  }
  if (data.facts || data.evaluation) questions = questionsOf()
  const answer: LanguageAnswer = {
    id: data.id,
    result: Reflect.apply(questions[data.method], questions, [text, ...data.rest]),
  }
  self.postMessage(answer)
})
