import { DefaultFailureConverter } from '@temporalio/common';
import type { PayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { maskPersonal } from '../rules/text/mask-personal.ts';

type Failure = temporal.api.failure.v1.IFailure;

/**
 * Messages and stack traces of failures go through the codec like everything else, and before that without what other systems
 * repeat of a person in their errors. Loaded by path, also into the workflow bundle.
 */
class SealedFailures extends DefaultFailureConverter {
  override errorToFailureInner(error: unknown, converter: PayloadConverter): Failure {
    const failure = super.errorToFailureInner(error, converter);
    if (failure.message) failure.message = maskPersonal(failure.message);
    if (failure.stackTrace) failure.stackTrace = maskPersonal(failure.stackTrace);
    return failure;
  }
}

export const failureConverter = new SealedFailures({ encodeCommonAttributes: true });
