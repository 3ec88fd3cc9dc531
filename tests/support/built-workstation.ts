import type { TestProject } from 'vitest/node'
import { provideBuilt, workstation } from '../../launch/built.ts'

/** Builds the workstation for the tests that start it or its threads. */
export default async function setup(project: TestProject) {
  await provideBuilt(workstation)
  project.onTestsRerun(() => provideBuilt(workstation))
}
