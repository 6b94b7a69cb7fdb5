import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newKey, type Api } from './client.ts';
import { useApi } from './context.tsx';
import { problemOf, type ApiProblem } from './problem.ts';

/**
 * One act of a person: a POST under one Idempotency-Key, which stays the same when the same input is tried again after a
 * failure, and is a new one after success or for other input. What it may have changed (`touches`) is read again either way.
 */
export function useAct<Input, Answer>(
  act: (api: Api, input: Input, key: string) => Promise<Answer>,
  options: { touches?: readonly (readonly string[])[]; onDone?: (answer: Answer, input: Input) => void } = {},
) {
  const api = useApi();
  const client = useQueryClient();
  const kept = useRef<{ input: string; key: string } | undefined>(undefined);
  const mutation = useMutation<Answer, ApiProblem, Input>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input) ?? '';
      if (kept.current?.input !== text) kept.current = { input: text, key: newKey() };
      try {
        const answer = await act(api, input, kept.current.key);
        kept.current = undefined;
        return answer;
      } catch (error) {
        throw problemOf(error);
      }
    },
    onSuccess: (answer, input) => options.onDone?.(answer, input),
    onSettled: async () => {
      for (const queryKey of options.touches ?? []) await client.invalidateQueries({ queryKey });
    },
  });
  return mutation;
}
