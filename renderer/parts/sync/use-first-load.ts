import { useWatch } from '../../bridge/use-watch.ts'

/** Whether the customers are still being loaded to this desk: what is not found may only not be here yet. */
export function useFirstLoad(): boolean {
  const sync = useWatch('sync.state', {}).value
  return sync !== undefined && sync.setup !== null
}
