/**
 * functions.json as the host reads it: which functions there are and what they take.
 * @module
 */

export interface FunctionsMetadata {
  /** Whether parameters of type any take data types, such as formatted numbers and cards. */
  readonly allowCustomDataForDataTypeAny?: boolean;
  readonly functions: readonly FunctionMetadata[];
}

export interface FunctionMetadata {
  /** What the host calls it by; `CustomFunctions.associate` uses the same. */
  readonly id: string;
  /** What people type behind the namespace. */
  readonly name: string;
  readonly description?: string;
  readonly parameters: readonly ParameterMetadata[];
  readonly options?: {
    readonly cancelable?: boolean;
    readonly stream?: boolean;
    readonly requiresAddress?: boolean;
    readonly requiresParameterAddresses?: boolean;
  };
}

export interface ParameterMetadata {
  readonly name: string;
  readonly description?: string;
  /** `any` where left out. */
  readonly type?: "any" | "boolean" | "number" | "string";
  /** `scalar` where left out. */
  readonly dimensionality?: "matrix" | "scalar";
  readonly optional?: boolean;
  /** The last parameter only: all remaining arguments arrive as one array. */
  readonly repeating?: boolean;
}
