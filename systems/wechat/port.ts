export interface WechatPort {
  /**
   * Hands one template message of the official account to the platform. Accepted is not arrived: the platform reports that later,
   * signed (api/webhooks/wechat.ts). The same key twice is one message. @throws SystemUnavailable | SystemRefused
   */
  send(message: { openId: string; text: string; messageKey: string }): Promise<{ providerId: string }>;
}
