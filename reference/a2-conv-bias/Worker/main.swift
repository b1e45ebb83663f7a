import ConvBias
import ConvBiasTask
import CourseKit

serve(
  ConvBiasTask.outputSize.implement { input, kernel, stride, padding in
    try outputSize(input: input, kernel: kernel, stride: stride, padding: padding)
  },
  ConvBiasTask.conv2d.implement { x, weight, bias, stride, padding in
    try conv2d(x, weight: weight, bias: bias, stride: stride.tuple, padding: padding.tuple)
  },
  ConvBiasTask.gradBias.implement { dY in try convGradBias(dY: dY) },
  ConvBiasTask.gradWeight.implement { dY, x, kernel, stride, padding in
    try convGradWeight(
      dY: dY,
      x: x,
      kernel: kernel.tuple,
      stride: stride.tuple,
      padding: padding.tuple
    )
  },
  ConvBiasTask.gradInput.implement { dY, weight, inputSize, stride, padding in
    try convGradInput(
      dY: dY,
      weight: weight,
      inputSize: inputSize.tuple,
      stride: stride.tuple,
      padding: padding.tuple
    )
  },
  ConvBiasTask.parameterCounts.implement { inputs, outputs, kernel, inputSize, stride, padding in
    try parameterCounts(
      inputChannels: inputs,
      outputChannels: outputs,
      kernel: kernel.tuple,
      inputSize: inputSize.tuple,
      stride: stride.tuple,
      padding: padding.tuple
    )
  },
  ConvBiasTask.bestBias.implement { response, target in
    try bestBias(response: response, target: target)
  },
  ConvBiasTask.absorbShift.implement { weight, bias, shift in
    try biasAbsorbingShift(weight: weight, bias: bias, shift: shift)
  },
  ConvBiasTask.convThenBatchNorm.implement { x, weight, bias, gamma, beta, epsilon in
    try convThenBatchNorm(
      x,
      weight: weight,
      bias: bias,
      gamma: gamma,
      beta: beta,
      epsilon: epsilon
    )
  },
  ConvBiasTask.gradBiasBeforeBatchNorm.implement { dU, x, weight, bias, gamma, epsilon in
    try biasGradientBeforeBatchNorm(
      dU: dU,
      x: x,
      weight: weight,
      bias: bias,
      gamma: gamma,
      epsilon: epsilon
    )
  },
  ConvBiasTask.fold.implement { weight, bias, gamma, beta, running, epsilon in
    let (weight, bias) = try foldBatchNorm(
      weight: weight,
      bias: bias,
      gamma: gamma,
      beta: beta,
      running: running,
      epsilon: epsilon
    )
    return FoldedConvolution(weight: weight, bias: bias)
  }
)
