import { useWatch } from '../../bridge/use-watch.ts'

/**
 * Whether this workstation is still loading the customers: then a customer who is not found may only not be here yet.
 */
export function useFirstLoad(): boolean {
  const sync = useWatch('sync.state', {}).value
  return sync !== undefined && sync.setup !== null
}
