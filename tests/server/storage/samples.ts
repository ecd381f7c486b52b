import { v7 } from 'uuid'
import type {
  EntryRow,
  InstallRow,
  InvitationRow,
  PageRow,
  QuarantineDraft,
} from '../../../src/server/storage/rows.ts'

/** Rows with something in each column, to be varied. */

export const entry = (more: Partial<EntryRow> = {}): EntryRow => ({
  logbook: 'gate/a',
  seq: 1,
  id: v7(),
  install: 'install',
  n: 1,
  page: 1,
  kind: 'passage',
  record: null,
  post: 'post',
  at: 1000,
  received: 2000,
  flags: null,
  line: '{"名":"王"}',
  mask: null,
  digest: null,
  ...more,
})

export const install = (more: Partial<InstallRow> = {}): InstallRow => ({
  id: v7(),
  member: 'member',
  community: 'community',
  key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  device: 'Firefox, Linux',
  enrolled: 1,
  lastHeard: null,
  unsent: null,
  received: 0,
  app: null,
  status: 'active',
  renewedTo: null,
  centre: false,
  ...more,
})

export const invitation = (more: Partial<InvitationRow> = {}): InvitationRow => ({
  id: v7(),
  tokenHash: v7(),
  setup: false,
  member: null,
  name: '李雷',
  grants: [{ role: 'guard', place: '01900000-0000-7000-8000-000000000001' }],
  community: 'community',
  createdBy: 'member',
  created: 1,
  expires: 100,
  usedAt: null,
  thumbprint: null,
  install: null,
  ...more,
})

export const page = (more: Partial<PageRow> = {}): PageRow => ({
  install: 'install',
  page: 1,
  hash: 'hash',
  prev: '',
  first: 1,
  count: 2,
  headerLine: '{}',
  signature: 'signature',
  received: 1,
  outcome: {
    status: 'stored',
    entries: [{ n: 1, status: 'quarantined', code: 'invalid' }],
    logbooks: ['gate/a'],
    from: { 'gate/a': 4 },
  },
  digests: null,
  ...more,
})

export const draft = (more: Partial<QuarantineDraft> = {}): QuarantineDraft => ({
  install: 'install',
  member: 'member',
  community: 'community',
  n: 1,
  page: 1,
  code: 'unknown-logbook',
  held: true,
  logbook: 'gate/a',
  line: 'no JSON',
  received: 1,
  arrivalOff: null,
  ...more,
})
