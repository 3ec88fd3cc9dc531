import type { start as en } from '../en/start.ts'

export const start: Record<keyof typeof en, string> = {
  keyMissing:
    '{folder} 中文件的密钥不见了（{file}）。请从备份中恢复密钥，或从此文件夹原来所在的电脑复制过来，然后重新启动，所有内容都会恢复。如要从空白开始，请将此文件夹移走。目前没有改动任何内容。',
  keyUnusable:
    '{file} 中的密钥不完整。请从备份中恢复，然后重新启动，{folder} 中的所有内容都会恢复。如要从空白开始，请将此文件夹移走。目前没有改动任何内容。',
  keyWrong:
    '{file} 中的密钥与 {folder} 中的日志不符。请放回原来的密钥，然后重新启动，所有内容都会恢复。如要从空白开始，请将此文件夹移走。目前没有改动任何内容。',
  keychainClosed:
    '这些文件的密钥保存在系统的钥匙串中（{file}），但目前无法打开。请解锁钥匙串，或以之前启动 Ringside 的用户登录此电脑，然后重新启动 Ringside。目前没有改动任何内容。',
  journalMissing:
    '{folder} 中的日志（journal.db）不见了或为空，未发送的内容保存在其中。请从备份中恢复，然后重新启动。如要从空白开始，请将此文件夹移走。目前没有改动任何内容。',
  notAllowed: 'Ringside 无权使用 {path}。请为此用户授权，或指定其他数据文件夹。',
  notWritable: 'Ringside 无权写入 {path}。请为此用户授权，或指定其他数据文件夹。',
  notMade: '无法创建数据文件夹 {path}。请确认上级文件夹存在且此用户有写入权限，或指定其他数据文件夹。',
  inUse: '另一个程序正在使用 {folder} 中的文件。请结束该程序后重新启动。',
  diskFull: '磁盘已满。请腾出一些空间后重新启动，已写入的内容不会丢失。',
  fileInTheWay: '数据文件夹的位置上有一个文件（{path}）。请将它移走，或指定其他数据文件夹。',
  pathTooLong: '数据文件夹的路径太长。请指定较短的路径。',
  pageDies:
    'Ringside 的窗口在一分钟内多次异常关闭，因此 Ringside 将退出。您输入的内容已保留。请重新启动 Ringside；如再次出现，详情见日志（{folder} 中的 ringside.log）。',
  failed: 'Ringside 无法启动。详情见日志。',
}
