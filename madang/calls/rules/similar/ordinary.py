"""Ordinary sentences: what people write in any proposal, whatever it is about.

Written for this purpose. They tell the engine how common the pieces of everyday speech are before
a forum has texts of its own, and for the language that few of its texts are in: five English
proposals among a thousand Korean ones do not resemble each other because all say “the”.
"""

KOREAN = """
안녕하세요. 다음과 같이 제안합니다.
저는 이런 것이 꼭 필요하다고 생각합니다.
현재 이 문제 때문에 많은 사람들이 불편을 겪고 있습니다.
정부가 이것을 빨리 해결해 주시기 바랍니다.
국민이 쉽게 이용할 수 있도록 개선해 주세요.
이렇게 하면 훨씬 더 좋아질 것 같습니다.
왜 아직도 이런 일이 없어지지 않는지 모르겠어요.
어떻게 하면 좋을까요? 좋은 방법이 있을까요?
언제부터 할 수 있는지 알려주세요.
이것을 위해서는 제도를 마련하고 지원을 확대해야 합니다.
누구나 참여할 수 있으면 좋겠습니다.
지금까지는 이와 같은 방안이 없었습니다.
그래서 관련 기관이 함께 노력했으면 합니다.
이미 다른 나라에서는 이렇게 하고 있다고 합니다.
하지만 실제로는 그렇게 되지 않는 경우가 많습니다.
또한 이에 대한 정보를 모두 공개하여야 한다.
이를 통해 사회적 효과를 기대할 수 있다.
무엇이 문제이고 어디서부터 시작해야 하는지 먼저 살펴보아야 합니다.
앞으로도 계속해서 관심을 가지고 지켜보겠습니다.
제가 생각하는 가장 중요한 점은 이것입니다.
우리 모두가 더 나은 사회를 만들어 가기를 바라는 마음입니다.
이런 점에서 기존의 정책은 한계가 있다고 봅니다.
그 이유는 여러 가지가 있지만 크게 세 가지입니다.
첫째, 둘째, 셋째로 나누어 설명하겠습니다.
만약 그것이 어렵다면 최소한 이렇게라도 해야 하지 않을까요?
관리가 제대로 되고 있는지 확인하고 점검하는 것이 필요함.
다양한 의견을 듣고 반영하도록 하는 제도를 추진하면 좋겠음.
기대효과: 국민의 편의가 높아지고 비용이 줄어들 것임.
현황 및 문제점, 개선방안, 기대효과
이러한 사업을 시행하고 그 결과를 평가하여 다시 활용하도록 한다.
대부분의 사람들은 그런 것이 있는지조차 잘 모릅니다.
그것은 어느 한 사람의 힘으로는 할 수 없는 일입니다.
예를 들어 이런 경우에는 어떻게 해야 합니까?
저희는 오랫동안 이 일을 해 왔지만 달라진 것이 거의 없습니다.
제발 좀 바꿔 주셨으면 합니다. 부탁드립니다.
감사합니다. 수고하세요.
너무 힘들고 어려운 상황에 있는 분들이 많아요.
그런데 왜 그렇게 해야 하죠? 이해가 안 돼요.
이게 뭐야? 정말 그런 거야? 나는 잘 모르겠어.
오늘도 그랬고 어제도 그랬는데 내일은 또 어떨지.
누가 이것 좀 해 줄래? 나 이거 하고 싶은데.
그렇게 하지 말고 이렇게 해. 그게 더 낫지 않아?
좋은 게 뭔지 하나만 알려줄 수 있어?
이 중에 뭐가 더 좋은지 궁금합니다. 어떤 게 제일 나은가요?
그러면 안 됩니다. 절대로 하지 마세요. 하면 안 돼.
저한테 말해 주시겠어요? 말씀해 주실 수 있나요?
어떤 것들이 있는지 다 보여 줘. 무엇인지 좀 찾아봐.
그럴 때는 어떻게 하나요? 무슨 방법이 없나요?
있으면 있는 대로, 없으면 없는 대로 하면 된다.
이번에도 다음에도 항상 같은 이야기가 나오네요.
그동안 여러 번 말했는데도 아무도 듣지 않았어요.
본 제안은 위와 같은 내용을 담고 있으며 검토를 요청합니다.
해당 기관에서는 이에 따라 필요한 조치를 하여 주시기 바랍니다.
따라서 법과 제도를 고쳐 이러한 사람들을 보호하고 지원할 필요가 있다.
특히 지역에 사는 사람들에게는 더욱 그렇습니다.
이와 관련하여 구체적인 계획과 일정을 밝혀 주십시오.
모든 국민에게 공평한 기회가 주어져야 한다고 생각합니다.
그 밖에도 여러 가지 방식으로 제공할 수 있을 것입니다.
시민들이 직접 만들고 운영하는 것이 바람직하다.
그렇지 않으면 나중에 더 큰 문제가 될 수 있다고 합니다.
"""

ENGLISH = """
Hello, I would like to propose the following.
I think that this is something we really need.
At the moment many people have problems because of this.
Please make it easier for everyone to use.
The government should do something about it as soon as possible.
It would be much better if we could do it this way.
Why is this still happening? I do not understand it.
How can we make sure that it does not happen again?
Could you please tell us when this is going to start?
There is no system for it yet, and there should be one.
Everyone should be able to take part in what is being decided.
This has already been done in other countries with good results.
However, in practice it is often not what people were told.
We also need more information about how it works and who is responsible.
In order to improve the current situation, support must be provided.
Public institutions should work together and share what they have.
The most important point for me is that nobody is left out.
We have been asking for this for years, but nothing has changed.
For example, there are those who cannot use these services at all.
First, second and third, we suggest the following measures.
This will help to reduce costs and to increase trust.
It is not only about money, it is about people and their rights.
Most of them have never even heard that such a thing exists.
If that is not possible, then at least we should try another way.
Thank you very much for your attention and for reading this.
What is the best way to get this done, and where do we begin?
They said that they would, but then they did not do anything.
I have been living here all my life and I have seen many changes.
You can see that there are still too many people without it.
Let us create a new program to develop and implement these ideas.
The results should be published and regularly reviewed by citizens.
This proposal aims at strengthening and promoting better policies.
By providing access to all relevant data, it will become more open.
Its implementation requires commitment from each of the agencies.
It must also be considered which other options are available to us.
These days you have to do everything yourself, which is very hard.
We want to know what was decided, why, and by whom it was decided.
Who is going to pay for it, and how much will it cost the public?
People should be informed before, during and after the process.
An open and transparent process would be in the interest of society.
More and more of us are using it every day, so it is needed now.
That is what should have been done from the very beginning.
Our community has been working on it together with local groups.
Every year the same thing happens and every year we are told to wait.
There ought to be a law against it, or at least some kind of rule.
It does not matter where you are from or what you do.
Some of these things are being done already, others are not.
Please consider this request and let me know if you have questions.
Between now and then, the responsible office should report on progress.
I am writing on behalf of several organizations in this field.
Would it be possible to have it within the next two years?
Such an approach has been shown to be effective in many cases.
The main reasons are given below; more details can be added later.
Because of that, those who are most affected have the least to say.
Over time, this could lead to significant improvements for all.
Instead of doing nothing, we could just start with a small step.
Nothing about us without us: ask those who know it best.
Not everything that can be counted counts, and this one is different.
Making this happen is easier than it looks, given the right people.
I believe this is a good idea and I hope that it will be taken up.
"""
