/**
 * The types of functions.json.
 * @module
 */

export interface FunctionsMetadata {
  /** Whether parameters of type any accept data types, such as formatted numbers and cards. */
  readonly allowCustomDataForDataTypeAny?: boolean;
  readonly functions: readonly FunctionMetadata[];
}

export interface FunctionMetadata {
  /** The id that the host and `CustomFunctions.associate` use. */
  readonly id: string;
  /** The name that people type after the namespace. */
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
  /** Default: `any`. */
  readonly type?: "any" | "boolean" | "number" | "string";
  /** Default: `scalar`. */
  readonly dimensionality?: "matrix" | "scalar";
  readonly optional?: boolean;
  /** Only for the last parameter: all remaining arguments arrive as one array. */
  readonly repeating?: boolean;
}
