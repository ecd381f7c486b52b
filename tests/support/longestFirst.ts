import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes more than half a minute, the longest first. */
const long = [
  'server/cli/kill',
  'scenarios/cluster',
  'scenarios/simulation',
  'server/cli/backup',
  'scenarios/simulationRelay',
  'server/sync/onPostgres',
  'browser/screens',
]

const rank = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((part) => moduleId.includes(`/tests/${part}`))
  return at < 0 ? long.length : at
}

/** Begins with the files that take long, so that no processor waits at the end for the last of them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
