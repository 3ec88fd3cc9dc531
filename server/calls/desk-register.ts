import type { UserId } from '../../protocol/scalars.ts'

/**
 * Which users have workstations at which node, as the nodes report it; a later report replaces an earlier one. A node
 * that falls silent counts as having none.
 */
export interface DeskRegister {
  came(node: string, userId: UserId): void
  left(node: string, userId: UserId): void
  /** Sets all the workstations that are connected to this node. */
  tell(node: string, desks: Iterable<readonly [UserId, number]>): void
  /** Notes that a node is alive. False: nothing is known of this node, so it has to report everything. */
  renew(node: string): boolean
  /** Renews all nodes, after a time in which none could be heard. */
  renewAll(): void
  /** Removes nodes that were silent for too long. */
  letGo(): void
  /** Whether this user has a workstation at a node other than this one. */
  isElsewhere(node: string, userId: UserId): boolean
}

export interface DeskRegisterOptions {
  /** The node that keeps this register. It need not renew itself. */
  readonly own: string
  readonly leaseMs: number
  readonly now: () => number
  readonly onCame: (userId: UserId) => void
  readonly onLeft: (userId: UserId) => void
}

interface Node {
  readonly desks: Map<UserId, number>
  renewedAt: number
}

export function createDeskRegister({ own, leaseMs, now, onCame, onLeft }: DeskRegisterOptions): DeskRegister {
  const nodes = new Map<string, Node>([[own, { desks: new Map(), renewedAt: 0 }]])

  function set(node: Node, userId: UserId, count: number): void {
    const before = node.desks.get(userId) ?? 0
    if (count > 0) node.desks.set(userId, count)
    else node.desks.delete(userId)
    for (let more = before; more < count; more += 1) onCame(userId)
    for (let less = before; less > count; less -= 1) onLeft(userId)
  }

  function change(name: string, userId: UserId, by: 1 | -1): void {
    const node = nodes.get(name)
    if (node) set(node, userId, Math.max(0, (node.desks.get(userId) ?? 0) + by))
  }

  return {
    came: (name, userId) => {
      change(name, userId, 1)
    },
    left: (name, userId) => {
      change(name, userId, -1)
    },
    tell: (name, desks) => {
      const node = nodes.get(name) ?? { desks: new Map(), renewedAt: now() }
      nodes.set(name, node)
      node.renewedAt = now()
      const told = new Map(desks)
      // Set the present users first, so that no user counts as gone for a moment.
      for (const [userId, count] of told) set(node, userId, count)
      for (const userId of node.desks.keys()) if (!told.has(userId)) set(node, userId, 0)
    },
    renew: (name) => {
      const node = nodes.get(name)
      if (node) node.renewedAt = now()
      return node !== undefined
    },
    renewAll: () => {
      for (const node of nodes.values()) node.renewedAt = now()
    },
    letGo: () => {
      for (const [name, node] of nodes) {
        if (name === own || now() - node.renewedAt < leaseMs) continue
        nodes.delete(name)
        for (const userId of node.desks.keys()) set(node, userId, 0)
      }
    },
    isElsewhere: (name, userId) => [...nodes].some(([other, { desks }]) => other !== name && desks.has(userId)),
  }
}
