/** The laws on which a notice rests, by name (T1.1). No article is named: none is confirmed in docs/regulation/register.md. */
export const LEGAL_GROUND =
  '依据《中华人民共和国电力法》《电力供应与使用条例》和国家有关供电营业的规定，以及双方供用电合同的约定';
