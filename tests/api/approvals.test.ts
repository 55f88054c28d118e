/** Gates, change requests and open requests as clients see them (http-api.md §6). */
import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/each-database'
import { addMember, addPerson } from '../support/installation'
import { type Client, environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('approvals over HTTP', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/prod`
  const gates = '/api/change-gates/acme'
  const requests = '/api/change-requests/acme'
  const rule = {
    ruleType: 'approval_required',
    numApprovalsRequired: 1,
    allowSelfApproval: false,
    requireReapprovalOnChange: true,
    eligibleApprovers: [{ eligibilityType: 'has_permission_on_target', permission: 'environment:write' }],
  }
  const target = { entityType: 'environment', qualifiedName: 'web/prod', actionTypes: ['update'] }
  let bob: Client
  let gateId = ''
  let draft = ''

  it('sets the scene', async () => {
    await makeEnvironment(api.call, 'web/prod', 'values: {n: 1}\n')
    const person = await addPerson('bob')
    await addMember(api.organization, person, 'member')
    bob = await api.as(person)
  })

  const asBob = (method: string, path: string, body: object = {}) => bob(method, path, { body })

  it('keeps gates', async () => {
    const body = { name: 'Four eyes', enabled: true, rule, target }
    const made = await api.call('POST', gates, { body })
    expect(made).toMatchObject({ status: 201, json: { ...body, rule: { ...rule, bypassers: [] } } })
    gateId = (made.json as { id: string }).id
    const listed = await api.call('GET', `${gates}?entityType=environment&qualifiedName=web/prod`)
    expect(listed.json).toEqual({ gates: [made.json], continuationToken: null })
    expect((await api.call('GET', `${gates}/${gateId}`)).json).toEqual(made.json)
    expect((await asBob('POST', gates, body)).status).toBe(403)
    expect((await asBob('DELETE', `${gates}/${gateId}`)).status).toBe(403)
    const odd = { ...body, rule: { ...rule, eligibleApprovers: [] } }
    expect((await api.call('POST', gates, { body: odd })).status).toBe(400)
    expect((await api.call('GET', `${gates}/absent`)).status).toBe(404)
  })

  it('refuses a direct update and tells how to propose it', async () => {
    expect(await api.call('PATCH', one, { body: 'values: {n: 9}\n' })).toMatchObject({
      status: 403,
      json: { code: 403, message: expect.stringContaining('--draft') },
    })
    expect((await api.call('GET', `${one}/metadata`)).json).toMatchObject({ gatedActions: ['update'] })
  })

  it('takes a draft through approval into a revision', async () => {
    const made = await api.call('POST', `${one}/drafts`, { body: 'values: {n: 2}\n' })
    draft = (made.json as { changeRequestId: string }).changeRequestId
    const request = `${requests}/${draft}`
    await api.call('POST', `${request}/submit`, { body: { description: 'two' } })
    expect((await api.call('GET', `${one}/metadata`)).json).toMatchObject({
      activeChangeRequest: { changeRequestId: draft, latestRevisionNumber: 1 },
    })
    expect((await api.call('GET', request)).json).toMatchObject({
      action: 'update',
      gateEvaluation: {
        satisfied: false,
        applicableGates: [{ id: gateId, satisfied: false, ruleDetails: { approvalsCount: 0 } }],
      },
    })
    const approval = { revisionNumber: 1, comment: 'fine' }
    expect((await api.call('POST', `${request}/approve`, { body: approval })).status).toBe(403)
    expect((await api.call('POST', `${request}/apply`)).status).toBe(409)
    expect((await asBob('POST', `${request}/approve`, approval)).status).toBe(204)
    expect((await asBob('DELETE', `${request}/approve`)).status).toBe(204)
    expect((await asBob('POST', `${request}/approve`, approval)).status).toBe(204)
    expect((await asBob('POST', `${request}/comments`, { comment: 'go on' })).status).toBe(204)
    expect((await api.call('POST', `${request}/apply`)).json).toEqual({
      entityUrl: expect.stringContaining('/acme/environments/web/prod'),
      message: 'web/prod is at revision 3',
    })
    expect((await api.call('POST', `${request}/apply`)).status).toBe(409)
    expect((await api.call('GET', one)).text).toBe('values: {n: 2}\n')
    expect((await api.call('GET', `${one}/versions`)).json).toMatchObject([
      { number: 3, sourceChangeRequest: { id: draft, description: 'two' } },
      { number: 2 },
      { number: 1 },
    ])
    const { events } = (await api.call('GET', `${request}/events`)).json as { events: object[] }
    expect(events).toMatchObject([
      { eventType: 'revision_added', revisionNumber: 1 },
      { eventType: 'status_changed', status: 'ready' },
      { eventType: 'approved_by_user', comment: 'fine' },
      { eventType: 'unapproved_by_user' },
      { eventType: 'approved_by_user' },
      { eventType: 'commented', comment: 'go on' },
      { eventType: 'status_changed', status: 'applied' },
    ])
  })

  it('lets in for a time who asked and was approved', async () => {
    const opening = { ...target, actionTypes: ['open'] }
    const body = { name: 'Opening', enabled: true, rule, target: opening }
    expect((await api.call('PUT', `${gates}/${gateId}`, { body })).json).toMatchObject({ target: opening })
    expect(await api.call('POST', `${one}/open`)).toMatchObject({
      status: 403,
      json: { message: expect.stringContaining('esc env open-request') },
    })
    expect((await api.call('GET', `${one}/metadata`)).json).toMatchObject({ openRequestNeeded: true })
    const times = { grantExpirationSeconds: 60, accessDurationSeconds: 120 }
    const asked = await api.call('POST', `${one}/open/request`, { body: times })
    expect(asked.json).toEqual({
      changeRequests: [
        {
          projectName: 'web',
          environmentName: 'prod',
          changeRequestId: expect.any(String),
          latestRevisionNumber: 1,
          etag: expect.any(String),
        },
      ],
    })
    const [first] = (asked.json as { changeRequests: { changeRequestId: string }[] }).changeRequests
    const id = first?.changeRequestId ?? ''
    expect((await api.call('GET', `${one}/open/request/${id}`)).json).toMatchObject(times)
    const longer = { ...times, accessDurationSeconds: 240 }
    expect((await api.call('PUT', `${one}/open/request/${id}`, { body: longer })).json).toMatchObject({
      ...longer,
      latestRevisionNumber: 2,
    })
    expect((await asBob('POST', `${requests}/${id}/approve`, { revisionNumber: 2 })).status).toBe(204)
    expect((await asBob('POST', `${requests}/${id}/apply`)).status).toBe(403)
    expect((await api.call('POST', `${requests}/${id}/apply`)).status).toBe(200)
    expect((await api.call('POST', `${one}/open`)).status).toBe(200)
    expect((await asBob('POST', `${one}/open`)).status).toBe(403)
    expect((await api.call('POST', `${requests}/${id}/close`)).status).toBe(204)
    expect((await api.call('POST', `${one}/open`)).status).toBe(403)
    expect((await api.call('DELETE', `${gates}/${gateId}`)).status).toBe(204)
    expect((await api.call('POST', `${one}/open`)).status).toBe(200)
    expect((await api.call('POST', `${one}/open/request`, { body: times })).status).toBe(400)
    expect((await api.call('GET', `${one}/open/request/absent`)).status).toBe(404)
  })
})
