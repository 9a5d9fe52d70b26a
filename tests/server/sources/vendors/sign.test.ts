import { expect, test } from 'vitest'
import { aliyunQuery, signAliyun } from '../../../../src/server/sources/vendors/aliyun-sign.ts'
import { signTencent } from '../../../../src/server/sources/vendors/tencent-sign.ts'

test('TC3-HMAC-SHA256: the example of 签名方法 v3 (cloud.tencent.com, DescribeInstances of 2019-02-25)', () => {
  const authorization = signTencent(
    {
      host: 'cvm.tencentcloudapi.com',
      service: 'cvm',
      contentType: 'application/json; charset=utf-8',
      payload: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
      timestamp: 1551113065,
    },
    { secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
  )
  expect(authorization).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, ' +
      'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  )
})

test('ACS3-HMAC-SHA256: the example with fixed parameters of V3版本请求体&签名机制 (help.aliyun.com, RunInstances)', () => {
  const headers = signAliyun(
    {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      date: '2023-10-26T10:22:32Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    },
    { keyId: 'YourAccessKeyId', keySecret: 'YourAccessKeySecret' },
  )
  expect(headers.Authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;' +
      'x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  )
})

test('a query is sorted by name and encoded as RFC 3986 wants it', () => {
  expect(aliyunQuery({ b: '2', a: "x y*~!'()", Z: '发票' })).toBe('Z=%E5%8F%91%E7%A5%A8&a=x%20y%2A~%21%27%28%29&b=2')
})
