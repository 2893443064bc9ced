import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateSchema } from '../../src/inventory/template.ts';
import { isTerraform, readTerraform, UnreadableTerraform } from '../../src/terraform/index.ts';
import { audited, plan, ref } from './kit.ts';

const bare = (more: object) => ({ format_version: '1.2', planned_values: {}, ...more });

describe('a file that is not as Terraform writes it', () => {
  it.each([
    ['modules in modules', nested(100), 'nests modules deeper than 64 levels'],
    ['values of another type', bare({ planned_values: [] }), 'holds "planned_values" that is no object'],
    ['another format', { format_version: '7.0', values: {} }, 'has the format version "7.0"'],
  ])('%s: refused with what is wrong', (_, json, message) => {
    expect(() => readTerraform(json as never)).toThrow(UnreadableTerraform);
    expect(() => readTerraform(json as never)).toThrow(message);
  });

  function nested(depth: number) {
    let module: object = { resources: [] };
    let address = Array.from({ length: depth }, () => 'module.a').join('.');
    for (; address !== ''; address = address.slice(0, Math.max(0, address.length - '.module.a'.length)))
      module = { child_modules: [{ address, ...module }] };
    return bare({ planned_values: { root_module: module } });
  }

  it('names that JavaScript objects have are names like any other', () => {
    const text = JSON.stringify(
      plan({
        resources: ['__proto__', 'constructor', 'toString'].map((name) => ({
          type: 'aws_instance',
          name,
          written: { ami: ref('var.constructor') },
          values: { ami: 'ami-0aaaaaaaaaaaaaaaa' },
        })),
      }),
    ).replaceAll('"ami"', '"__proto__"');
    expect(() => readTerraform(JSON.parse(text))).not.toThrow();
    expect(({} as Record<string, unknown>).ami).toBeUndefined();
  });

  it('modules that refer to one another in a circle end', () => {
    const json = plan({
      resources: [
        {
          type: 'aws_instance',
          written: { ami: ref('module.a.x') },
          values: { ami: 'ami-0aaaaaaaaaaaaaaaa' },
        },
      ],
      modules: { a: { outputs: { x: { expression: ref('var.y') } }, expressions: { y: ref('module.a.x') } } },
    });
    expect(audited(json).workloads.map((w) => w.verdict)).toEqual(['unknown']);
  });

  it('whatever the shapes, it is read into a template or refused', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const key = fc.constantFrom(
      'root_module',
      'resources',
      'child_modules',
      'values',
      'expressions',
      'references',
      'ami',
      'type',
      'mode',
      'address',
    );
    const shape = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        json,
        fc.constantFrom(
          'aws_instance',
          'aws_launch_template',
          'managed',
          'data',
          'var.x',
          'ami-0aaaaaaaaaaaaaaaa',
        ),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.record(
          {
            format_version: fc.constant('1.2'),
            planned_values: shape,
            prior_state: shape,
            configuration: shape,
            variables: shape,
            resource_changes: shape,
          },
          { requiredKeys: ['format_version', 'planned_values'] },
        ),
        (document) => {
          if (!isTerraform(document)) return;
          try {
            for (const { template } of readTerraform(document)) templateSchema.parse(template);
          } catch (error) {
            if (!(error instanceof UnreadableTerraform)) throw error;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('twenty thousand instances are read in seconds', () => {
    const resources = Array.from({ length: 20_000 }, (_, index) => ({
      type: 'aws_instance',
      name: 'web',
      index,
      written: { ami: ref('var.ami') },
      values: { ami: 'ami-0aaaaaaaaaaaaaaaa' },
    }));
    const json = plan({ resources, variables: { ami: 'ami-0aaaaaaaaaaaaaaaa' }, declared: { ami: {} } });
    const start = process.cpuUsage();
    const [part] = readTerraform(json as never);
    expect(part?.template.references).toHaveLength(20_000);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(10_000);
  });
});
