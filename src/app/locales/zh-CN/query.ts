/** Asking and seeing the answer on one page. */
export const queryZh = {
  title: '查验',
  intro: '问过的都会存进票夹，答复没到也不会丢',
  ask: '查验',
  askLater: '存下，等待查验',
  asking: '正在存',
  another: '再查一张',
  see: '看这张票',
  result: '查验结果',
  elapsed: (seconds: number) => `已等 ${seconds} 秒，最多 5 秒`,
  slow: (seconds: number) => `已等 ${seconds} 秒`,
  leave: '不用等在这里，答复到了会在票夹里',
  uncheckable: '这种票没有地方可以联网查，可以存在票夹里',
  refused: '网关没有收下这个问题，到待办里看怎么办',
  gone: '这张票已经不在票夹里了',
  toAdd: '只存不查',
  toOutbox: '看待办',
}

export type QueryWords = typeof queryZh
