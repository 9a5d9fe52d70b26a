import type { TrustList } from './list.ts'

const origin = 'one public source; confirmed by the key ids and signatures of production seals from 2020-06 to 2022-10'

/** The list that comes with the app. The files themselves carry neither anchor. */
export const bundledList: TrustList = {
  version: 1,
  issuedOn: '2026-01-01',
  anchors: [
    {
      name: 'CN=税务电子证书管理中心(SM2),OU=国家税务总局,C=CN',
      publicKey:
        '0447ecd9541be113675f627b595f8ae7c1b223e3717a33d349982f3e8893b2deefa234755a251d704928c71066e50b9cc8095781ae41ac3ac179a099324db21165',
      serial: '03000000002D',
      keyId: 'b8b09a6007ea05b7b0b7e7cb42763129971576b3',
      sha256: '1caa3cef105874d3ebedd273dd84265d955b521497b08ed3e72536f411635dfc',
      notBefore: '2014-01-01',
      notAfter: '2034-01-01',
      origin,
      since: '2026-01-01',
    },
    {
      name: 'CN=税务电子证书一级根(SM2),OU=国家税务总局,C=CN',
      publicKey:
        '04e77153b1fff6f7dc736e0f489d58a62ebf8020aabe66f56b13a5d281afd54ff7ac65e777f2f79c31b4d56c2153caedf4c692b06e2e1cc5503baf177f86fd02cb',
      serial: '03000000001F',
      keyId: '0c040ac141e6400f113711d0ea1f9306c3a022b5',
      sha256: '3cde4dc5736f4961fd417fe079ebfeeae201ce16992eefcef88456da42c66576',
      notBefore: '2014-01-01',
      notAfter: '2034-01-01',
      origin,
      since: '2026-01-01',
    },
  ],
  testIssuers: [{ name: 'CN=税务测试CA2(SM2),C=CN', keyId: '5eead0da' }],
  revocations: [],
}
