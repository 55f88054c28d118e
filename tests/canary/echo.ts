import type { DoubleAnswer, DoubleRequest } from '../peers/double'

/** Says back all that it heard, in every place where a vendor's refusal has words. */
export function echo(status: number) {
  return ({ headers, body, path, query }: DoubleRequest): DoubleAnswer => {
    const heard = [body, path, decodeURIComponent(query.toString()), ...Object.values(headers)].join(' ')
    const error = { code: heard, status: heard, message: heard, innererror: { code: heard } }
    const words = { message: heard, messages: [heard], errors: [heard], error_description: heard }
    return { status, body: { ...words, error: status % 2 === 0 ? error : heard } }
  }
}
