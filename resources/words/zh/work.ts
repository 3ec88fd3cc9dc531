export const work = {
  undo: '撤销', undone: '已撤销。',
  complaint: {
    details: '{number} 的详情', words: '客户原话', noWords: '未记录', order: '订单', orderElsewhere: '订单不在此资料中',
    told: '您如何答复客户', undoneBy: '{name} {time}撤销', undoStep: '撤销步骤', stepUndone: '步骤已撤销。', nextBy: '{step}：{who}',
  },
} as const
