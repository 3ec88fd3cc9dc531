import type { ReasonName } from '../../../protocol/reasons.ts'

export const reasons: Record<ReasonName, string> = {
  tooLarge: '太长或太大', tooSmall: '缺失或太小', unknownParts: '含有未知的部分', wrongForm: '格式不对', tooDeep: '嵌套太深', unreadable: '无法读取',
  unkeptCharacter: '含有无法保存的字符', taken: '已被占用', idTaken: '此编号已被使用', tooManyWatched: '同时打开的内容太多', noTime: '回电需要时间',
  noDepartment: '缺少责任部门', emptyNote: '空白备注不能取代已写的备注', noCause: '缺少原因', noReason: '缺少理由', blank: '没有可见的内容', controlCharacter: '含有换行或控制字符', hiddenCharacter: '含有不可见字符（如方向标记），请手动输入，不要粘贴',
  inThePast: '此时间已过', inTheFuture: '此日期尚未到来', tooFarAhead: '时间太远', endsBeforeItBegins: '结束早于开始', longerThanTheCall: '超过了通话时长', otherCustomer: '属于另一位客户',
  nobodyHere: '此人目前不在职', othersCall: '这是同事的通话', sumTooLarge: '总额太大',
  severalCurrencies: '价格不止一种货币', damagedOnTheWay: '在传输途中损坏', clockOff: '该电脑的时钟不准，已改用到达时间', noHandshake: '这不是工作台的连接请求',
  noAddress: '不是有效地址', notForRingside: '不是 Ringside 的链接', meaninglessParts: '含有无意义的部分', noSuchPlace: '要打开的内容不存在', notOneNumber: '必须且只能包含一个号码',
  numberLength: '号码缺失或太长', numberCharacters: '含有不属于号码的字符', noNumber: '其中没有号码',
  noExtension: '没有可转接的分机 {extension}', extensionBusy: '分机 {extension} 正忙', noTelephone: '您没有话机', anotherCall: '另一通来电正在进行', notRinging: '此通话没有在振铃',
  nobodyThere: '分机 {extension} 无人登录，来电者仍由您接待',
  nobodyTalking: '此通话尚未接通', notOnHold: '此通话不在保持状态', neverAnswered: '只有已接听的通话才能转接', callGoesOn: '通话仍在进行', draftOfCall: '通话备注会保留到完成话后处理为止',
}
