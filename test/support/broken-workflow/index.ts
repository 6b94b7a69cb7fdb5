import { planFirst } from './plan-first.ts';

export { restoration, upwardReport, paymentWatch } from '../../../workflows/index.ts';
/** The procedure with one step out of order, under the name of the real one. */
export { planFirst as collectionCase };
