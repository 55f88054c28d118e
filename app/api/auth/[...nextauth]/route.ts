import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/app/auth'
import { sameOrigin } from '@/lib/access/same-origin'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, await authOptions(request.headers))
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  if (!sameOrigin(request.headers)) return Response.json({ code: 'forbidden' }, { status: 403 })
  return NextAuth(request, context, await authOptions(request.headers))
}
