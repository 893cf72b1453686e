/**
 * Words that tokens are likely to hold, so that they need not be spelled out in each.
 *
 * They belong to version 1 of the token: any change to them is another version. What stands last is the cheapest to
 * refer to.
 */
export const tokenWords = [
  '"vbuckets":2,"calls":12,"requests":[{"_tag":"SetupStreams","vbuckets":[]},{"_tag":"SetupStreams","vbuckets":[0]},',
  '{"_tag":"SetupStreams","vbuckets":[1]},{"_tag":"SetupStreams","vbuckets":[0,1]},{"_tag":"MaybeCloseStream","vbucket":0},',
  '{"_tag":"Takeover","vbucket":0},{"_tag":"ShutConnection"}],"overlap":true,"ends":"any","refusals":"any","breaks":1,',
  '"chunk":2,"losses":["droppedWithStream"],"sockets":false,"without":[],"streamOpaques":"counter","noSuchStream":"KeyEnoent"',
  '"_tag":"KvProducerStep","input":null,"outputs":[{"_tag":"StreamEnd","vbucket":0,"opaque":101,"reason":2}],"behaviour":"endsStream"',
  '"_tag":"SetVBucketState","vbucket":0,"opaque":101,"state":3,"_tag":"SetVBucketStateResponse","opaque":101,"status":0',
  '"_tag":"FromProducerConnection","cast":{"_tag":"ProducerStreamClosed","opaque":0,"status":0},"_tag":"SetVBucketStateSeen"',
  '"cast":{"_tag":"ProducerStreamEnd","vbucket":0,"opaque":101,"reason":2}},"_tag":"FromKvProducer","packets":[',
  '"_tag":"CloseStream","vbucket":0,"opaque":0,"_tag":"CloseStreamResponse","_tag":"StreamRequestResponse","opaque":101,"status":0',
  '{"rule":"kvProducer.takes","choice":{"_tag":"KvProducerStep","input":{"_tag":"StreamRequest","vbucket":0,"opaque":101}',
  '{"rule":"kvConsumer.says","choice":{"_tag":"KvConsumerStep","input":null,"outputs":[',
  '{"rule":"kvConsumer.takes","choice":{"_tag":"KvConsumerStep","input":{"_tag":"AddStream","vbucket":0,"opaque":0,"takeover":false}',
  '"outputs":[{"_tag":"AddStreamResponse","opaque":0,"status":7}],"behaviour":"obeys"}},{"rule":"producer.takes","choice":',
  '{"rule":"call","choice":{"rule":"cast from producer","choice":{"rule":"packet from kv consumer","choice":{"rule":"restart"',
  '{"rule":"consumer.reads","choice":{"_tag":"FromKvConsumer","packets":[{"rule":"consumer.takes","choice":{"_tag":"Call","call":"c2"',
  '{"rule":"caller.calls","choice":{"_tag":"Called","call":"c1","request":{"_tag":"SetupStreams","vbuckets":[0]}}}',
  '"expected":["reply c1: ok"],"actual":["crash: UnexpectedStreamEnd vb=0","to kv-consumer: ","to kv-producer: ","believes open []"]}',
  '{"protocol":"dcp","role":"dcp/proxy-pair","way":"wire","implementation":"portcullis","role":"dcp/producer-connection"',
  '{"protocol":"dcp","role":"dcp/consumer-connection","way":"in process","implementation":"portcullis",',
  '"setting":{"environment":"alone","environment":"pair","variant":"reference","bounds":{'
].join("")
