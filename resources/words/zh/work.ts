export const work = {
  undo: '撤销', undone: '已撤销。',
  complaint: {
    details: '{number} 的详情', words: '客户原话', noWords: '未记录', order: '订单', orderElsewhere: '订单不在此资料中',
    told: '您如何答复客户', undoneBy: '{name} {time}撤销', undoStep: '撤销步骤', stepUndone: '步骤已撤销。', nextBy: '{step}：{who}',
  },
  approval: {
    title: '待审批的价格', empty: '没有待审批的价格。', asked: '申请价', why: '理由：', noReason: '未写理由', askedBy: '{name}', askedByAt: '{name} {time}申请',
    worth: '客户价值', orders: '{count} 个订单，{amount}', lastOrder: '最近订单 {time}', oldStands: '批准前原报价仍有效', openRecord: '打开资料',
    approve: '批准', refuse: '拒绝', sentence: { approve: '批准理由', refuse: '拒绝理由' }, done: { approve: '已批准，申请人会收到通知。', refuse: '已拒绝，申请人会收到通知。' }, needsServer: '当前离线，须由服务器审批。',
    waiting: '待审批', granted: '已批准：{what}', refused: '未批准：{what}', decisions: '{count} 个价格已审批', decisionsTitle: '您申请的价格已审批', openQuote: '打开报价', gotIt: '知道了', seen: '已阅。',
    by: '{name}{standing}', reason: '“{reason}”',
  },
  task: {
    act: { dial: '拨打', done: '完成', take: '认领', postpone: '推迟', assign: '分派', drop: '放弃', open: '打开', takeBack: '重新打开' },
    view: { mine: '我的', team: '本组', all: '全部', ended: '刚完成' }, views: '谁的回电', filter: '筛选', status: { done: '已完成', dropped: '已放弃' },
    changed: '{who} 更改', done: '已完成。', dropped: '已放弃。', reopened: '已重新打开。', reopen: '重新打开回电', settled: '话后处理已完成，回电已办结。', postponed: '已推迟到 {time}。', assigned: '已分派：{name}。',
    why: '放弃的理由', newTime: '新的时间', to: '分派给', nobody: '无人（待认领）', noneFound: '没有找到“{text}”。', noneEnded: '最近十分钟内没有完成的事项。',
  },
  note: { edited: '{who} 修改过 · 共 {count} 个版本', earlier: '以前的版本', edit: '修改备注', add: '补充备注', save: '保存', saved: '已保存，原备注已保留。', added: '已补充。' },
  preference: { retire: '已不适用', retired: '已标为不再适用。', restored: '已恢复。' },
  quote: { answeredBy: '{status}（{name}，{time}）', said: '客户怎么说', reject: '拒绝报价', undo: '撤销答复', answerUndone: '答复已撤销。' },
} as const
