/** The wallet page. */
export const walletZh = {
  title: '票夹',
  search: '搜索',
  searchHint: '销售方、号码、金额',
  closeSearch: '关闭搜索',
  filter: '筛选',
  filters: { all: '全部', waiting: '等待查验', look: '要看一眼', answered: '已有答复', unasked: '尚未查验' },
  count: (count: number) => `${count} 张`,
  withoutAmount: (count: number) => `${count} 张没写含税金额`,
  nothingFound: '没有这样的票',
  nothingFoundHint: '换个词，或清掉筛选',
  clear: '清掉筛选',
  askDue: '问一下到时间的票',
  askingDue: '在问到时间的票',
  pull: '松手就问一遍',
  damaged: (count: number) => `有 ${count} 条记录读不出来，没有删，在待办里可以看到`,
  failed: '票夹没能打开',
  empty: {
    title: '第一张票会出现在这里',
    text: ['对准发票上的二维码，几秒就好。', '没有网络也能收，票只存在这台设备上'],
    stub: '从谁那里知道、有多久了，都写在这一行',
    ways: '手边没有纸票',
    picture: '相册',
    file: '打开文件',
    paste: '粘贴',
    type: '手工录入',
    start: '从这里开始',
  },
}

export type WalletWords = typeof walletZh
